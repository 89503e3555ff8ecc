{ "targets": [{ "target_name": "fnv1a", "sources": ["fnv1a.cc"] }] }
