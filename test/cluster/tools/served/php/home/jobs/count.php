#!/usr/bin/php
<?php
require getenv('HOME') . '/vendor/autoload.php';
$all = (new Tool\Notes(getenv('HOME') . '/notes.db'))->all();
echo count($all), " notes\n", json_encode($all, JSON_PRETTY_PRINT), "\n";
