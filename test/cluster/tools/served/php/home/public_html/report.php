<?php
// A file outside of public_html, which the server sends.
header('Content-Type: text/plain');
header('X-Sendfile: ' . getenv('HOME') . '/private/report.txt');
