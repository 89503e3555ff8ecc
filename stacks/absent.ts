import type { Absences } from './legacy/parity';

/** The packages that legacy images name and ours lack, and why. */
export const absent: Absences = {};
