package nl.ketendata.server.http;

/**
 * What all answers share.
 *
 * @param kept answers that were given before
 * @param packers the threads that pack
 */
record Answering(KeptAnswers kept, Packers packers) implements AutoCloseable {
  @Override
  public void close() {
    packers.close();
    kept.close();
  }
}
