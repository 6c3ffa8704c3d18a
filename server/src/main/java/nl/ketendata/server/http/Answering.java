package nl.ketendata.server.http;

/**
 * What all answers share.
 *
 * @param kept answers that were given before
 * @param packers the threads that pack
 * @param pace cuts clients that are too slow
 * @param departures notices clients that leave
 */
record Answering(KeptAnswers kept, Packers packers, Pace pace, Departures departures)
    implements AutoCloseable {
  @Override
  public void close() {
    packers.close();
    kept.close();
    departures.close();
  }
}
