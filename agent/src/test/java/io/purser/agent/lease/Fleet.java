package io.purser.agent.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Many agents and one store on a virtual clock: counts the requests of every second. The store can be away for a while; then
 * every request fails.
 */
final class Fleet {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final int agents;
    private final Duration length;
    private final Duration outageFrom;
    private final Duration outageTo;

    /** One agent of whichever make. */
    interface Member {
        /** When it acts next. */
        Instant next();

        /**
         * Acts.
         *
         * @return how many requests it made
         */
        int act(Instant now, boolean storeIsThere);
    }

    Fleet(int agents, Duration length, Duration outageFrom, Duration outageTo) {
        this.agents = agents;
        this.length = length;
        this.outageFrom = outageFrom;
        this.outageTo = outageTo;
    }

    /** Requests in each second; agents start within the first minute. */
    int[] run(IntFunction<Member> make) {
        int[] perSecond = new int[(int) length.toSeconds()];
        PriorityQueue<Member> queue = new PriorityQueue<>(Comparator.comparing(Member::next));
        for (int i = 0; i < agents; i++) {
            queue.add(make.apply(i));
        }
        Instant end = START.plus(length);
        while (!queue.isEmpty() && queue.peek().next().isBefore(end)) {
            Member member = queue.poll();
            Instant now = member.next();
            Duration at = Duration.between(START, now);
            boolean there = at.compareTo(outageFrom) < 0 || at.compareTo(outageTo) >= 0;
            perSecond[(int) at.toSeconds()] += member.act(now, there);
            queue.add(member);
        }
        return perSecond;
    }

    static Instant startOf(int index) {
        return START.plusMillis(new Random(index).nextInt(60_000));
    }

    static double mean(int[] perSecond, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += perSecond[i];
        }
        return (double) sum / (to - from);
    }

    static int peak(int[] perSecond, int from, int to) {
        int peak = 0;
        for (int i = from; i < to; i++) {
            peak = Math.max(peak, perSecond[i]);
        }
        return peak;
    }
}
