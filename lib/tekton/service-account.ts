import type { IServiceAccount, ServiceAccount } from 'cdk8s-plus-27';

/** A service account, declared or imported. cdk8s-plus' own class does not fit its interface under exactOptionalPropertyTypes. */
export type AnyServiceAccount = IServiceAccount | ServiceAccount;
