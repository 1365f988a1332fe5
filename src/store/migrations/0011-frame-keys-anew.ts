/** Questions of ours that were answered with an error are problems too: the keys are made anew. */
export const frameKeysAnew = `
DELETE FROM frame_keys;
UPDATE frame_keys_reach SET seq = 0;
`;
