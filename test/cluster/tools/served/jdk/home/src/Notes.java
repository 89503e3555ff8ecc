import java.io.*;
import java.nio.file.*;
import java.util.TreeSet;

/** Notes, as an object that Java has written into a file. */
class Notes {
  private static final Path FILE = Paths.get(System.getenv("HOME"), "notes.ser");

  @SuppressWarnings("unchecked")
  static TreeSet<String> all() throws IOException, ClassNotFoundException {
    if (!Files.exists(FILE)) return new TreeSet<>();
    try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(FILE))) {
      return (TreeSet<String>) in.readObject();
    }
  }

  static void add(String word) throws IOException, ClassNotFoundException {
    TreeSet<String> words = all();
    words.add(word);
    try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(FILE))) {
      out.writeObject(words);
    }
  }

  static String text() throws IOException, ClassNotFoundException {
    StringBuilder text = new StringBuilder();
    for (String word : all()) text.append(word).append(' ').append(Fnv1a.of(word)).append('\n');
    return text.toString();
  }
}
