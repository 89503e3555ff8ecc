import type { Absences } from './legacy/parity';

const NODE16 = { nodejs: "Node's own build of 16 is there in its place, in a layer; Debian 11 has 12" };

/** The packages that legacy images name and ours lack, and why. */
export const absent = { 'node16-sssd-base': NODE16, 'node16-sssd-web': NODE16 } satisfies Absences;
