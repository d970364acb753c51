package io.purser.local.store;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** The embedded store with a clock that the suite moves. */
final class EmbeddedUnderTest implements StoreUnderTest {

    private final MovableClock clock = new MovableClock(Clock.systemUTC());
    private final EmbeddedStore store;
    private final StoreClient root;

    EmbeddedUnderTest() throws IOException {
        store = EmbeddedStore.start(EmbeddedStore.Settings.plain().at(clock).with(PostgresAccounts::open));
        root = StoreClient.of(store.address(), null).as(store.rootToken());
    }

    @Override
    public StoreClient root() {
        return root;
    }

    @Override
    public void pass(Duration time) {
        clock.advance(time);
    }

    @Override
    public void close() {
        store.close();
    }
}
