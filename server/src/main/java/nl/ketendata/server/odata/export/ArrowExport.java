package nl.ketendata.server.odata.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import nl.ketendata.server.query.RowStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * An Arrow IPC stream: the engine's own batches under the columns' names. A moment has the zone
 * UTC, a wall clock has none.
 */
final class ArrowExport implements Export {
  private static final ArrowType UTC = new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");

  @Override
  public void write(List<ExportColumn> columns, RowStream rows, OutputStream out)
      throws IOException {
    WriteChannel channel = new WriteChannel(Channels.newChannel(out));
    boolean begun = false;
    boolean more = rows.advance();
    do {
      if (!begun) {
        MessageSerializer.serialize(channel, new Schema(fields(columns, rows.batch())));
        begun = true;
      }
      if (more) {
        batch(columns, rows.batch(), channel);
        more = rows.advance();
      }
    } while (more);
    channel.writeIntLittleEndian(MessageSerializer.IPC_CONTINUATION_TOKEN);
    channel.writeIntLittleEndian(0);
    out.close();
  }

  private static void batch(
      List<ExportColumn> columns, VectorSchemaRoot batch, WriteChannel channel) throws IOException {
    VectorSchemaRoot view =
        new VectorSchemaRoot(
            fields(columns, batch),
            batch.getFieldVectors().subList(0, columns.size()),
            batch.getRowCount());
    VectorUnloader unloader = new VectorUnloader(view, true, NoCompressionCodec.INSTANCE, true);
    try (ArrowRecordBatch record = unloader.getRecordBatch()) {
      MessageSerializer.serialize(channel, record, IpcOption.DEFAULT);
    }
  }

  private static List<Field> fields(List<ExportColumn> columns, VectorSchemaRoot batch) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      FieldVector vector = batch.getVector(i);
      ArrowType type =
          columns.get(i).instant() && vector instanceof TimeStampMicroVector
              ? UTC
              : vector.getField().getType();
      FieldType nullable = FieldType.nullable(type);
      fields.add(new Field(columns.get(i).name(), nullable, vector.getField().getChildren()));
    }
    return fields;
  }
}
