print "Status: 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No $ENV{REQUEST_URI}</p>\n";
