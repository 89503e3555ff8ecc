require 'notes_c'

# Notes in a database that the tool has had for years.
module Notes
  FILE = File.join(Dir.home, 'notes.db')

  def self.add(word)
    NotesC.run(FILE, 'create table if not exists notes (word text primary key)', '')
    NotesC.run(FILE, 'insert or ignore into notes values (?)', word)
  end

  def self.text
    NotesC.run(FILE, 'select word from notes where word <> ? order by word', '').map { |word| "#{word} #{NotesC.fnv1a(word)}\n" }.join
  end
end
