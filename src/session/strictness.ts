/** How a station is treated. Read anew for each message. */
export type Strictness = {
  /** Deviations are answered as the specification says, in place of being read as they are meant. */
  strict: boolean;
  /** Actions that we do not serve are answered with an empty result, not with an error. */
  emptyAnswers: boolean;
};
