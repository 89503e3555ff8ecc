require_relative 'notes'

print Notes.text
puts "#{Notes.text.lines.size} notes"
