module.exports = require('./build/Release/fnv1a.node').fnv1a;
