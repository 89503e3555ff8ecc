/** Tests on a real platform; `npm run test:cluster` makes it and sets the environment. */
module.exports = {
  ...require('../../jest.config.cjs'),
  rootDir: '../..',
  roots: ['<rootDir>/test/cluster'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 600_000,
  verbose: true,
};
