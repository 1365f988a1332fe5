import type { Answers, Machine } from "../model.ts";
import type { Operations } from "../operations.ts";
import type { Configuration } from "./configuration.ts";
import { controlAnswers } from "./control.ts";
import { dataAnswers } from "./data.ts";
import { fileAnswers } from "./files.ts";
import { profileAnswers } from "./profiles.ts";
import { triggerAnswers } from "./triggers.ts";

/** What a 1.6 station answers to each action of the central system. */
export function createAnswers(machine: Machine, operations: Operations, configuration: Configuration): Answers {
  return {
    ...controlAnswers(machine, operations),
    ...triggerAnswers(machine, operations),
    ...dataAnswers(machine, configuration),
    ...profileAnswers(machine),
    ...fileAnswers(machine, operations),
  };
}
