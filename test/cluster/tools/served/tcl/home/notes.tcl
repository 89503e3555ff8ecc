# Notes in a document that the tool has had for years.
package require tdom

set file [file join [file dirname [file normalize [info script]]] notes.xml]

proc document {} {
    global file
    if {![file exists $file]} { return [dom parse <notes/>] }
    set channel [open $file]
    set text [read $channel]
    close $channel
    return [dom parse $text]
}

proc add {word} {
    global file
    set root [[document] documentElement]
    if {[$root selectNodes "note\[@word='$word'\]"] ne ""} return
    $root appendFromList [list note [list word $word] {}]
    set channel [open $file w]
    puts $channel [$root asXML]
    close $channel
}

proc fnv1a {text} {
    set sum 2166136261
    foreach each [split $text {}] { set sum [expr {(($sum ^ [scan $each %c]) * 16777619) & 0xffffffff}] }
    return $sum
}

proc text {} {
    set words [lmap note [[[document] documentElement] selectNodes note] { $note getAttribute word }]
    return [join [lmap word [lsort $words] { string cat $word " " [fnv1a $word] "\n" }] {}]
}
