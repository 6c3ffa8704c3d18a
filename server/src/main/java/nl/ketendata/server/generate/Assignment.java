package nl.ketendata.server.generate;

/** A running assignment: its version in force, and what was delivered and declared on it. */
final class Assignment {
  private final Dossier dossier;
  private final Offer offer;
  private final int number;
  private final int start;
  private int end;
  private int volume;
  private int budget;
  private int reference;
  private int decidedDay;
  private int decidedSecond;
  private String reason = "";
  private boolean deleted;
  private int begin = Days.OPEN;
  private boolean startReported;
  private int stop = Days.OPEN;
  private int declaredMonth = Integer.MIN_VALUE;
  private DeclaredLine lastLine = DeclaredLine.NONE;

  /**
   * @param number the assignment's number; 0 for task-oriented care, which has no assignment
   * @param start first day on which care may be given
   * @param end last such day, {@link Days#OPEN} for none
   */
  Assignment(Dossier dossier, Offer offer, int number, int start, int end) {
    this.dossier = dossier;
    this.offer = offer;
    this.number = number;
    this.start = start;
    this.end = end;
    this.volume = offer.volume();
    this.budget = offer.budget();
  }

  Dossier dossier() {
    return dossier;
  }

  Provider provider() {
    return dossier.provider();
  }

  Offer offer() {
    return offer;
  }

  int number() {
    return number;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  int volume() {
    return volume;
  }

  int budget() {
    return budget;
  }

  /** Number of the honoured request while it still has to be sent; 0 for none. */
  int reference() {
    return reference;
  }

  int decidedDay() {
    return decidedDay;
  }

  int decidedSecond() {
    return decidedSecond;
  }

  /** Why it was changed (JZ002, WMO002); empty for the first version. */
  String reason() {
    return reason;
  }

  boolean isDeleted() {
    return deleted;
  }

  boolean isCurrent(int day) {
    return !deleted && end >= day;
  }

  /** Sets the moment of the version that is made now: later than that of any version before. */
  void decide(Moment now, int secondsAgo) {
    int second = Math.max(0, now.second() - secondsAgo);
    boolean later = now.day() > decidedDay || second > decidedSecond;
    decidedSecond = later ? second : decidedSecond + 1;
    decidedDay = now.day();
  }

  /** Names the request that it honours, to be sent once. */
  void honour(int request) {
    reference = request;
  }

  /** The reference was sent: it stands in the first message only. */
  void forgetReference() {
    reference = 0;
  }

  void change(String why) {
    reason = why;
  }

  void delete(String why) {
    end = start;
    reason = why;
    deleted = true;
  }

  void endOn(int day) {
    end = day;
  }

  void assignVolume(int amount) {
    volume = amount;
  }

  void assignBudget(int cents) {
    budget = cents;
  }

  /** First day of care, of the delivery that runs; {@link Days#OPEN} before it. */
  int begin() {
    return begin;
  }

  boolean isStartReported() {
    return startReported;
  }

  /** Last day of care, {@link Days#OPEN} while it is not known. */
  int stop() {
    return stop;
  }

  boolean isStopped() {
    return stop != Days.OPEN;
  }

  /** The last day that can be declared. */
  int lastDay() {
    return Math.min(stop, end);
  }

  /** Care begins, whether that is reported or not. */
  void beginCare(int day) {
    begin = day;
  }

  void reportStart(int day) {
    begin = day;
    startReported = true;
  }

  void stopCare(int day) {
    stop = Math.max(day, begin);
  }

  /** The stop was a mistake. */
  void resumeCare() {
    stop = Days.OPEN;
  }

  /** The last month that needs no declaration any more. */
  int declaredMonth() {
    return declaredMonth;
  }

  void settle(int month) {
    declaredMonth = Math.max(declaredMonth, month);
  }

  /** The last declared line that may be taken back; {@link DeclaredLine#NONE} without one. */
  DeclaredLine lastLine() {
    return lastLine;
  }

  void declare(DeclaredLine line) {
    lastLine = line;
  }
}
