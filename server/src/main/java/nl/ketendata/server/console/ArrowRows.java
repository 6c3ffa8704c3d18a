package nl.ketendata.server.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Optional;
import nl.ketendata.server.query.ArrowTypes;
import nl.ketendata.server.query.OutputColumn;
import nl.ketendata.server.query.TypedBatch;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/** An Arrow IPC stream, of the store's own buffers. */
final class ArrowRows implements RowsWriter {
  private final WritableByteChannel channel;
  private final Schema schema;
  private Optional<TypedBatch> batch = Optional.empty();
  private Optional<ArrowStreamWriter> writer = Optional.empty();

  ArrowRows(OutputStream out, List<OutputColumn> columns) {
    channel = Channels.newChannel(out);
    schema = ArrowTypes.schema(columns);
  }

  @Override
  public void write(VectorSchemaRoot rows, int count) throws IOException {
    if (writer.isEmpty()) {
      FieldVector first = rows.getFieldVectors().get(0);
      batch = Optional.of(new TypedBatch(schema, first.getAllocator()));
      writer = Optional.of(new ArrowStreamWriter(batch.get().root(), null, channel));
    }
    batch.orElseThrow().take(rows);
    batch.orElseThrow().root().setRowCount(count);
    writer.orElseThrow().writeBatch();
  }

  /** Without rows there is no batch, but there are columns. */
  @Override
  public void end(boolean more) throws IOException {
    if (writer.isPresent()) {
      writer.get().end();
    } else {
      WriteChannel out = new WriteChannel(channel);
      MessageSerializer.serialize(out, schema);
      ArrowStreamWriter.writeEndOfStream(
          out, org.apache.arrow.vector.ipc.message.IpcOption.DEFAULT);
    }
  }

  @Override
  public void close() {
    batch.ifPresent(TypedBatch::close);
  }
}
