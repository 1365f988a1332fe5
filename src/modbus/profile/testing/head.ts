/** How each profile of these tests begins. */
export const head = `name: box
maker: Maker
device: Box
kind: charger
source: Paper 1
proven: document
`;
