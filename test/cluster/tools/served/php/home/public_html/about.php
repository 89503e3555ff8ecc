<?php
// What the server tells programs, and what is kept in memory for the next of them.
header('Content-Type: text/plain; charset=utf-8');
apcu_store('words', ['kept', 'in', 'memory']);
echo php_sapi_name(), ' ', PHP_MAJOR_VERSION, '.', PHP_MINOR_VERSION, "\n";
echo getenv('TOOL_DATA_DIR'), ' ', $_SERVER['DOCUMENT_ROOT'], ' ', $_SERVER['SCRIPT_NAME'], ' ', $_SERVER['REQUEST_URI'], "\n";
echo getenv('PHP_FCGI_CHILDREN'), ' ', getenv('PHP_FCGI_MAX_REQUESTS'), ' ', getenv('PORT'), "\n";
echo implode(' ', apcu_fetch('words')), ' ', posix_getuid(), ' ', setlocale(LC_ALL, '0'), "\n";
