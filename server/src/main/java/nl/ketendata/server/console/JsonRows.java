package nl.ketendata.server.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import nl.ketendata.server.query.Cell;
import nl.ketendata.server.query.OutputColumn;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * An object with {@code columns} (name, type, nullable), {@code rows} (an array of values each) and
 * {@code truncated}, whether there were more rows than the limit.
 */
final class JsonRows implements RowsWriter {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final JsonGenerator json;
  private final JsonValues values;

  JsonRows(OutputStream out, List<OutputColumn> columns) throws IOException {
    json =
        FACTORY.createGenerator(out).disable(StreamWriteFeature.AUTO_CLOSE_CONTENT.mappedFeature());
    values = new JsonValues(json);
    json.writeStartObject();
    json.writeArrayFieldStart("columns");
    for (OutputColumn column : columns) {
      json.writeStartObject();
      json.writeStringField("name", column.label());
      json.writeStringField("type", column.typeName());
      json.writeBooleanField("nullable", column.nullable());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("rows");
  }

  @Override
  public void write(VectorSchemaRoot batch, int rows) throws IOException {
    List<Cell> cells = Cell.of(batch);
    for (int row = 0; row < rows; row++) {
      json.writeRaw('\n');
      json.writeStartArray();
      for (Cell cell : cells) {
        cell.tell(row, values);
      }
      json.writeEndArray();
    }
  }

  @Override
  public void end(boolean more) throws IOException {
    json.writeEndArray();
    json.writeBooleanField("truncated", more);
    json.writeEndObject();
    json.flush();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
