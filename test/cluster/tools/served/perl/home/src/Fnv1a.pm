package Fnv1a;
our $VERSION = '1.0';
require XSLoader;
XSLoader::load();
1;
