source [file join $env(DOCUMENT_ROOT) .. notes.tcl]
add $env(QUERY_STRING)
puts -nonewline "Content-Type: text/plain; charset=utf-8\r\n\r\n[text]"
