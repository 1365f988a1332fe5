export const simulator = {};
