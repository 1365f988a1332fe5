export const metering = {};
