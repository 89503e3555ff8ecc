package require sha256
puts "Content-Type: text/plain\r\n\r"
puts "Tcl $tcl_version $env(REQUEST_URI) $env(DOCUMENT_ROOT) [encoding system] [sha2::sha256 -hex foobar]"
