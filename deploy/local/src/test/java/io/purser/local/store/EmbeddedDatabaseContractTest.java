package io.purser.local.store;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Dynamic credentials of the embedded store, with a real PostgreSQL behind it. */
class EmbeddedDatabaseContractTest extends DatabaseContract {

    private static StoreUnderTest store;

    @BeforeAll
    static void start() throws IOException {
        store = new EmbeddedUnderTest();
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            store.close();
        }
    }

    @Override
    StoreUnderTest store() {
        return store;
    }
}
