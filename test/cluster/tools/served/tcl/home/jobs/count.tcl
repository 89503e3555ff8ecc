#!/usr/bin/tclsh
package require Thread
package require json
source [file join $env(HOME) notes.tcl]
puts [text]
puts [json::json2dict [thread::send [thread::create] {string cat "{\"threads\": true}"}]]
