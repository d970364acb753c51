package io.purser.local.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Dynamic credentials of a real store, where {@code bao} or {@code vault} is on the PATH. */
class RealDatabaseContractTest extends DatabaseContract {

    @TempDir
    static Path directory;

    private static RealStore store;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> program = RealStore.program();
        assumeTrue(program.isPresent(), "neither bao nor vault is on the PATH");
        store = RealStore.start(program.get(), directory);
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
