package nl.ketendata.server.generate.contract;

import nl.ketendata.server.generate.sheet.Days;
import nl.ketendata.server.generate.world.Moment;

/** A running assignment: its version in force, and what was delivered and declared on it. */
public final class Assignment {
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
  public Assignment(Dossier dossier, Offer offer, int number, int start, int end) {
    this.dossier = dossier;
    this.offer = offer;
    this.number = number;
    this.start = start;
    this.end = end;
    this.volume = offer.volume();
    this.budget = offer.budget();
  }

  public Dossier dossier() {
    return dossier;
  }

  public Provider provider() {
    return dossier.provider();
  }

  public Offer offer() {
    return offer;
  }

  public int number() {
    return number;
  }

  public int start() {
    return start;
  }

  public int end() {
    return end;
  }

  public int volume() {
    return volume;
  }

  public int budget() {
    return budget;
  }

  /** Number of the honoured request while it still has to be sent; 0 for none. */
  public int reference() {
    return reference;
  }

  public int decidedDay() {
    return decidedDay;
  }

  public int decidedSecond() {
    return decidedSecond;
  }

  /** Why it was changed (JZ002, WMO002); empty for the first version. */
  public String reason() {
    return reason;
  }

  public boolean isDeleted() {
    return deleted;
  }

  public boolean isCurrent(int day) {
    return !deleted && end >= day;
  }

  /** Sets the moment of the version that is made now: later than that of any version before. */
  public void decide(Moment now, int secondsAgo) {
    int second = Math.max(0, now.second() - secondsAgo);
    boolean later = now.day() > decidedDay || second > decidedSecond;
    decidedSecond = later ? second : decidedSecond + 1;
    decidedDay = now.day();
  }

  /** Names the request that it honours, to be sent once. */
  public void honour(int request) {
    reference = request;
  }

  /** The reference was sent: it stands in the first message only. */
  public void forgetReference() {
    reference = 0;
  }

  public void change(String why) {
    reason = why;
  }

  public void delete(String why) {
    end = start;
    reason = why;
    deleted = true;
  }

  public void endOn(int day) {
    end = day;
  }

  public void assignVolume(int amount) {
    volume = amount;
  }

  public void assignBudget(int cents) {
    budget = cents;
  }

  /** First day of care, of the delivery that runs; {@link Days#OPEN} before it. */
  public int begin() {
    return begin;
  }

  public boolean isStartReported() {
    return startReported;
  }

  /** Last day of care, {@link Days#OPEN} while it is not known. */
  public int stop() {
    return stop;
  }

  public boolean isStopped() {
    return stop != Days.OPEN;
  }

  /** The last day that can be declared. */
  public int lastDay() {
    return Math.min(stop, end);
  }

  /** Care begins, whether that is reported or not. */
  public void beginCare(int day) {
    begin = day;
  }

  public void reportStart(int day) {
    begin = day;
    startReported = true;
  }

  public void stopCare(int day) {
    stop = Math.max(day, begin);
  }

  /** The stop was a mistake. */
  public void resumeCare() {
    stop = Days.OPEN;
  }

  /** The last month that needs no declaration any more. */
  public int declaredMonth() {
    return declaredMonth;
  }

  public void settle(int month) {
    declaredMonth = Math.max(declaredMonth, month);
  }

  /** The last declared line that may be taken back; {@link DeclaredLine#NONE} without one. */
  public DeclaredLine lastLine() {
    return lastLine;
  }

  public void declare(DeclaredLine line) {
    lastLine = line;
  }
}
