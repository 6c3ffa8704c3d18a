package nl.ketendata.server.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Names with values, in the order in which they are read. */
public final class Fields {
  private static final Pattern SPACE = Pattern.compile("[\\p{Cntrl}\\s]");

  private final List<Field> fields;

  private Fields(List<Field> fields) {
    this.fields = fields;
  }

  static Fields of(String name, Object value) {
    return new Fields(List.of(new Field(name, value.toString())));
  }

  Fields and(String name, Object value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value.toString()));
    return new Fields(Collections.unmodifiableList(more));
  }

  /** The fields, in order. */
  public List<Field> list() {
    return fields;
  }

  /** Written as {@code name=value name=value}, each value on one line. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    for (Field field : fields) {
      line.append(line.isEmpty() ? "" : " ").append(field.name()).append('=');
      line.append(SPACE.matcher(field.value()).replaceAll("_"));
    }
    return line.toString();
  }

  /** One name with its value. */
  public record Field(String name, String value) {}
}
