package io.purser.agent.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** An application that resolves the set's link once and reads a certificate and its key behind it, all the time. */
final class SetReader extends Thread {

    private final Path link;
    private final Set<String> pairs = new LinkedHashSet<>();
    private volatile String mixed = "";
    private volatile boolean ending;

    SetReader(Path link) {
        super("application");
        this.link = link;
        setDaemon(true);
    }

    /** What did not belong together; empty for nothing. */
    String mixed() {
        return mixed;
    }

    /** Ends it; what it saw. */
    Set<String> end() throws InterruptedException {
        ending = true;
        join();
        return pairs;
    }

    @Override
    public void run() {
        while (!ending) {
            try {
                Path set = link.toRealPath();
                String certificate = Files.readString(set.resolve("tls/cert"));
                Thread.onSpinWait();
                String key = Files.readString(set.resolve("tls/key"));
                pairs.add(key);
                if (!certificate.replace("cert", "key").equals(key)) {
                    mixed = certificate + " with " + key;
                }
            } catch (NoSuchFileException e) {
                // switched between the two: read again
            } catch (IOException e) {
                mixed = e.toString();
            }
        }
    }
}
