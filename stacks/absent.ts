import type { Absences, AbsentCommands } from './legacy/parity';

/** The packages that legacy images name and ours lack, and why. */
export const absent: Absences = {};

/** The commands that legacy images have and ours lack, and why. */
export const absentCommands: AbsentCommands = {};
