/** The user of builds: CNB_USER_ID and CNB_GROUP_ID, the number that Toolforge's first buildpack images had. */
export const CNB_USER = { name: 'cnb', uid: 61312, home: '/home/cnb' } as const;
