/**
 * What `node --require` reads before TypeScript: tsx compiles our files, Node itself loads those of packages, and tsx only those of them that
 * Node refuses, which are ES modules. tsx alone would look into each file of a package: Pulumi's and Kubernetes' are thousands.
 */
const Module = require('node:module');

const ofNode = Module._extensions['.js'];
require('tsx/cjs');
const ofTsx = Module._extensions['.js'];

Module._extensions['.js'] = (module, file) => {
  if (!file.includes('/node_modules/')) return ofTsx(module, file);
  try {
    return ofNode(module, file);
  } catch (error) {
    if (error.code !== 'ERR_REQUIRE_ESM') throw error;
    return ofTsx(module, file);
  }
};
