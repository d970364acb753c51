package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StatusBoardTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final AgentStatus READY = new AgentStatus(List.of(), List.of());

    private final StatusBoard board = new StatusBoard();

    @Test
    void whoWaitsGoesOnWhenTheAgentIsReady() throws Exception {
        CompletableFuture<AgentStatus> waiter = CompletableFuture.supplyAsync(() -> waitFor(Duration.ofHours(1)));
        board.set(new AgentStatus(List.of(), List.of("the file /secrets/db: its turn")));
        assertThat(waiter).isNotDone();
        board.set(READY);
        assertThat(waiter.get(1, TimeUnit.MINUTES)).isSameAs(READY);
    }

    @Test
    void whoWaitsForAnAgentThatIsReadyDoesNot() {
        board.set(READY);
        assertThat(waitFor(Duration.ofHours(1))).isSameAs(READY);
    }

    @Test
    void theWaitEnds() {
        assertThat(waitFor(Duration.ofMillis(5))).isSameAs(AgentStatus.STARTING);
    }

    private AgentStatus waitFor(Duration limit) {
        try {
            board.awaitReady(CLOCK, limit);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return board.get();
    }
}
