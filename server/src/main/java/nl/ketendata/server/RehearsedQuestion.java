package nl.ketendata.server;

/**
 * A question that the server asks itself.
 *
 * @param address in which {@code __n__} stands for a number that is another each time
 * @param large whether the answer is long: it is asked less often, and packed, so that it takes
 *     little memory
 */
record RehearsedQuestion(String address, boolean large) {

  /** The address with this number in it. */
  String address(int number) {
    return address.replace("__n__", Integer.toString(number));
  }
}
