package nl.ketendata.server.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * An answer as it was sent before: headers and the bytes of the body, packed or not.
 *
 * @param headers with the coding of the body among them
 * @param length bytes of the body
 * @param body where they are
 */
record KeptAnswer(Map<String, String> headers, long length, Body body) {
  KeptAnswer {
    headers = Map.copyOf(headers);
  }

  /** Where the bytes are. */
  sealed interface Body {
    /**
     * @throws IOException when they are gone: another answer took their place just now
     */
    ReadableByteChannel open() throws IOException;
  }

  /** A small one. */
  record InMemory(byte[] bytes) implements Body {
    @Override
    public ReadableByteChannel open() {
      return Channels.newChannel(new ByteArrayInputStream(bytes));
    }
  }

  /** A large one. */
  record OnDisk(Path file) implements Body {
    @Override
    public ReadableByteChannel open() throws IOException {
      return FileChannel.open(file, StandardOpenOption.READ);
    }
  }
}
