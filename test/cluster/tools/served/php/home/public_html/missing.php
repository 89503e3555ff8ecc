<?php
http_response_code(404);
echo '<p>No ', htmlspecialchars($_SERVER['REQUEST_URI']), "</p>\n";
