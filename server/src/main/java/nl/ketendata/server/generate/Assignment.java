package nl.ketendata.server.generate;

/** A running assignment: its version in force and what was delivered and declared on it. */
final class Assignment {
  /** A day that is not set. */
  static final int OPEN = Integer.MAX_VALUE;

  final Dossier dossier;
  final Offer offer;

  /** The number; 0 for task-oriented care, which has no assignment. */
  final int number;

  /** Number of the honoured request, until it was sent once; 0 for none. */
  int reference;

  int volume;
  int budget;
  int start;
  int end = OPEN;
  int decidedDay;
  int decidedSecond;
  String reason = "";
  boolean deleted;

  /** First day of care of the current delivery; {@link #OPEN} before the start. */
  int begin = OPEN;

  /** Whether the provider reported that start. */
  boolean startSent;

  /** Last day of care. */
  int stop = OPEN;

  /** The last month that needs no declaration any more. */
  int declaredMonth = Integer.MIN_VALUE;

  /** The last declared line that may be credited; absent while its number is 0. */
  DeclaredLine lastLine = DeclaredLine.NONE;

  Assignment(Dossier dossier, Offer offer, int number) {
    this.dossier = dossier;
    this.offer = offer;
    this.number = number;
    this.volume = offer.volume();
    this.budget = offer.budget();
  }

  Provider provider() {
    return dossier.provider();
  }

  boolean isCurrent(int day) {
    return !deleted && end >= day;
  }

  /** Whether there is care on a day. */
  boolean isDelivered(int day) {
    return !deleted && begin <= day && lastDay() >= day;
  }

  int lastDay() {
    return Math.min(stop, end);
  }

  /** Sets the moment of the version that is made now: later than that of any version before. */
  void decide(Moment now, int secondsAgo) {
    int second = Math.max(0, now.second() - secondsAgo);
    boolean later = now.day() > decidedDay || second > decidedSecond;
    decidedSecond = later ? second : decidedSecond + 1;
    decidedDay = now.day();
  }
}
