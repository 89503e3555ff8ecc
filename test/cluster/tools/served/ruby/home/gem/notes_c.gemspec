Gem::Specification.new do |spec|
  spec.name = 'notes_c'
  spec.version = '1.0.0'
  spec.summary = 'Notes in a database'
  spec.authors = ['a maintainer']
  spec.files = ['ext/notes_c.c', 'ext/extconf.rb']
  spec.extensions = ['ext/extconf.rb']
end
