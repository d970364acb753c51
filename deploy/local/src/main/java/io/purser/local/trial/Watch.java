package io.purser.local.trial;

import io.purser.local.kubelet.ContainerProcess;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Watches an agent that has not rendered everything yet, and gives up when it cannot. */
final class Watch {

    /** A while for the agent to say itself what is wrong, and for a refusal to be a guess of the agent's that it drops. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final PodTrial.Surroundings around;
    private final long deadline;
    private long obstacleSince;

    Watch(PodTrial.Surroundings around) {
        this.around = around;
        // The agent has the same deadline and says more; this one is for an agent that hangs.
        this.deadline =
                System.nanoTime() + around.options().timeout().plusSeconds(10).toNanos();
    }

    /** Called while waiting. */
    void check(ContainerProcess agent) throws TrialException {
        String obstacle = around.store().obstacle();
        long now = System.nanoTime();
        if (obstacle != null) {
            obstacleSince = obstacleSince == 0 ? now : obstacleSince;
            if (now - obstacleSince > PATIENCE.toNanos()) {
                throw TrialException.input(obstacle);
            }
        }
        if (now > deadline) {
            throw TrialException.outside("the agent " + agent.name() + " has not rendered everything within "
                    + around.options().timeout().toSeconds() + " s; its messages are above");
        }
    }

    /** What to say of an agent that has ended before its work was done. */
    TrialException failed(ContainerProcess agent) {
        @Nullable String obstacle = around.store().obstacle();
        if (obstacle != null) {
            return TrialException.input(obstacle);
        }
        return TrialException.agent(
                agent.exitCode(),
                "the agent " + agent.name() + " ended with " + agent.exitCode() + "; its messages are above");
    }
}
