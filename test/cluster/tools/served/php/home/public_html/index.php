<?php
// Notes in a database that the tool has had for years; its classes are found by what Composer has written.
require __DIR__ . '/../vendor/autoload.php';

$notes = new Tool\Notes(getenv('HOME') . '/notes.db');
if (isset($_GET['note'])) {
    $notes->add($_GET['note']);
}
header('Content-Type: text/plain; charset=utf-8');
foreach ($notes->all() as $word => $sum) {
    echo mb_convert_case($word, MB_CASE_UPPER), " $sum\n";
}
