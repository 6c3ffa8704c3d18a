package nl.ketendata.server.share;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * The places for threads that work: plan, let the engine run, write. Few more than there are cores,
 * for the operating system shares cores between threads, and whoever has fifty would get all.
 *
 * <p>Who worked least lately goes first. As long as several organisations are here, one that worked
 * more than its part leaves a core free; the others may begin at once. While one of those works, it
 * begins nothing that would take the last free core, for a machine whose cores are all in use is
 * slow for everybody; but it is not kept from working for longer than a moment. So a neighbour
 * waits for a piece of work at most, not for a queue. Alone, one gets all.
 *
 * <p>A place is for work only: {@link Work#rest} gives it up while its thread waits for a client,
 * for another place, or for somebody else's answer.
 */
public final class Workplaces {
  /** Who asked nothing for so long needs no core kept free. */
  private static final long RECENT = Duration.ofSeconds(1).toNanos();

  /** A waiter looks by itself, for work gets long, and who was here gets forgotten, unnoticed. */
  private static final long LOOK = Duration.ofMillis(100).toNanos();

  /** The share of its part that whoever asks for more gets without regard to others. */
  private static final double MOST = 0.75;

  /** Who worked much is kept from beginning anything for so long at most. */
  private static final long MOMENT = Duration.ofMillis(50).toNanos();

  /** For so long after some were crowded, they still count as such. */
  private static final long CALM = Duration.ofSeconds(5).toNanos();

  private static final long FORGOTTEN = Duration.ofMinutes(1).toNanos();

  private final Room room;
  private final LongSupplier nanos;
  private final LongSupplier cpu;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Party> parties = new HashMap<>();
  private final ThreadLocal<Work> here = new ThreadLocal<>();
  private int taken;
  private long calm;

  /**
   * @param nanos the time, as {@link System#nanoTime}
   * @param cpu nanoseconds of a core that the calling thread has used
   */
  public Workplaces(Room room, LongSupplier nanos, LongSupplier cpu) {
    this.room = room;
    this.nanos = nanos;
    this.cpu = cpu;
    this.calm = nanos.getAsLong();
  }

  /** By the clocks of this machine. */
  public static Workplaces of(Room room) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return new Workplaces(room, System::nanoTime, threads::getCurrentThreadCpuTime);
  }

  /** Work for an organisation, which this thread does from {@link Work#begin} on. */
  public Work work(String organisation) {
    return new Work(this, organisation);
  }

  /**
   * Runs something now on this thread, if there is a place for it that nobody waits for.
   *
   * @return whether it ran
   */
  public boolean ifFree(String organisation, Runnable task) {
    Optional<Place> free = tryEnter(organisation);
    if (free.isEmpty()) {
      return false;
    }
    try (Work work = new Work(this, organisation)) {
      work.holds(free.get());
      task.run();
    }
    return true;
  }

  /** What this thread works on, if it has begun something. */
  public Optional<Work> here() {
    return Optional.ofNullable(here.get());
  }

  /** Does something that waits, without this thread's place if it has one. */
  public void aside(Runnable wait) {
    Optional<Work> work = here();
    work.ifPresent(Work::rest);
    wait.run();
    work.ifPresent(Work::resume);
  }

  void begun(Work work) {
    here.set(work);
  }

  void ended() {
    here.remove();
  }

  long now() {
    return nanos.getAsLong();
  }

  long cpu() {
    return cpu.getAsLong();
  }

  Duration patience() {
    return room.patience();
  }

  /**
   * Takes a place.
   *
   * @throws Failure KD430 when there is none in time, or too many of the organisation wait; KD420
   *     when the thread is interrupted
   */
  Place enter(String organisation, Duration patience) {
    lock.lock();
    try {
      Party party = party(organisation);
      if (party.waiting.size() >= room.waiting()) {
        throw Failure.of(Code.BUSY, room.patience().toSeconds());
      }
      Waiting mine = new Waiting(lock.newCondition());
      party.waiting.add(mine);
      admit();
      return await(party, mine, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Code.CANCELLED).causedBy(e);
    } finally {
      lock.unlock();
    }
  }

  private Optional<Place> tryEnter(String organisation) {
    lock.lock();
    try {
      boolean awaited = parties.values().stream().anyMatch(party -> !party.waiting.isEmpty());
      long now = nanos.getAsLong();
      Party party = party(organisation);
      return !awaited && mayWork(party, now) ? Optional.of(take(party, now)) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Place await(Party party, Waiting mine, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (mine.got.isEmpty()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          throw Failure.of(Code.BUSY, room.patience().toSeconds());
        }
        if (mine.turn.awaitNanos(Math.min(left, LOOK)) <= 0) {
          admit();
        }
      }
      return mine.got.get();
    } catch (InterruptedException e) {
      // The place may have come at the very moment that its owner was told to stop.
      mine.got.ifPresent(place -> leave(place, 0));
      throw e;
    } finally {
      party.waiting.remove(mine);
    }
  }

  /**
   * Gives a place back.
   *
   * @param used nanoseconds of a core
   */
  void leave(Place place, long used) {
    lock.lock();
    try {
      place.party().giveBack(place, used, nanos.getAsLong());
      taken--;
      admit();
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody waits that a thread of this organisation should let go first. */
  boolean awaitedBefore(String organisation) {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      double own = party(organisation).worked(now);
      return parties.entrySet().stream()
          .filter(entry -> !entry.getValue().waiting.isEmpty())
          .anyMatch(
              entry -> entry.getKey().equals(organisation) || entry.getValue().worked(now) < own);
    } finally {
      lock.unlock();
    }
  }

  /** Gives free places to those who worked least; of one organisation to who waits longest. */
  private void admit() {
    long now = nanos.getAsLong();
    List<Party> order =
        parties.values().stream()
            .filter(party -> !party.waiting.isEmpty())
            .sorted(Comparator.comparingDouble(party -> party.worked(now)))
            .toList();
    for (Party party : order) {
      while (!party.waiting.isEmpty() && mayWork(party, now)) {
        Waiting next = party.waiting.remove();
        next.got = Optional.of(take(party, now));
        next.turn.signal();
      }
    }
  }

  private Place take(Party party, long now) {
    Place place = new Place(party, now);
    party.take(place);
    taken++;
    return place;
  }

  private boolean mayWork(Party party, long now) {
    if (taken >= room.places()) {
      return false;
    }
    List<Party> present = present(Optional.of(party), now);
    if (present.size() == 1) {
      return party.held() < room.alone();
    }
    return isHeavy(party, present, now)
        ? mayWorkThoughHeavy(party, now) && leavesACore(party, present, now)
        : party.held() < room.cores();
  }

  private List<Party> present(Optional<Party> and, long now) {
    List<Party> present = new ArrayList<>();
    for (Party each : parties.values()) {
      if (and.equals(Optional.of(each)) || each.wasHere(now - RECENT)) {
        present.add(each);
      }
    }
    return present;
  }

  /** Whether it works more than its part, or comes near that and works most. */
  private boolean isHeavy(Party party, List<Party> present, long now) {
    double part = (double) room.cores() / present.size();
    double worked = party.worked(now);
    return worked > part
        || worked > part / 2 && present.stream().allMatch(each -> each.worked(now) <= worked);
  }

  private boolean mayWorkThoughHeavy(Party party, long now) {
    long shortly = parties.values().stream().mapToLong(each -> each.heldShortly(now)).sum();
    return shortly < room.cores()
        && party.heldShortly(now) < room.heavy()
        && party.held() < room.heavyWithLong();
  }

  /**
   * Whether there is a core free after it begins, as long as somebody works who worked much less
   * than its part. Whoever is kept from working gets most of its own part all the same.
   */
  private boolean leavesACore(Party party, List<Party> present, long now) {
    double most = MOST * room.cores() / present.size();
    return taken + 1 < room.cores()
        || party.worked(now) < most
        || party.stoodStill(now - MOMENT)
        || present.stream().noneMatch(each -> each.held() > 0 && each.worked(now) < most);
  }

  /** Whether somebody works much while others are here, or did so a moment ago. */
  public boolean crowded() {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      List<Party> present = present(Optional.empty(), now);
      if (present.size() > 1 && present.stream().anyMatch(each -> isHeavy(each, present, now))) {
        calm = now + CALM;
      }
      return now - calm < 0;
    } finally {
      lock.unlock();
    }
  }

  private Party party(String organisation) {
    long now = nanos.getAsLong();
    if (!parties.containsKey(organisation)) {
      parties.values().removeIf(party -> !party.wasHere(now - FORGOTTEN));
    }
    Party party = parties.computeIfAbsent(organisation, name -> new Party(now));
    party.asks(now);
    return party;
  }

  /** Threads that work now. */
  public int working() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Requests that wait for a place. */
  public int waiting() {
    lock.lock();
    try {
      return parties.values().stream().mapToInt(party -> party.waiting.size()).sum();
    } finally {
      lock.unlock();
    }
  }
}
