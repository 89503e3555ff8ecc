print "Content-Type: text/plain\r\n\r\n", "in Perl, by CGI: $ENV{QUERY_STRING}\n";
