public class Count {
  public static void main(String[] words) throws Exception {
    System.out.print(Notes.text());
    System.out.println(Notes.all().size() + " notes");
  }
}
