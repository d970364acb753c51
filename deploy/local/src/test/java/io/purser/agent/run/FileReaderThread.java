package io.purser.agent.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** An application that reads its file all the time. */
final class FileReaderThread extends Thread {

    private final Path file;
    private final Duration pause;
    private volatile String broken = "";

    /** @param pause between two looks */
    FileReaderThread(Path file, Duration pause) {
        super("application");
        this.file = file;
        this.pause = pause;
        setDaemon(true);
    }

    /** What it saw that was no whole file; empty for nothing. */
    String broken() {
        return broken;
    }

    @Override
    public void run() {
        while (!isInterrupted()) {
            try {
                String text = Files.readString(file);
                int cut = text.indexOf('x');
                boolean whole = cut > 0 && text.equals(PodUnderTest.content(text.substring(0, cut)));
                if (!whole && !text.startsWith("plain ")) {
                    broken = "a file of " + text.length() + " characters";
                }
            } catch (NoSuchFileException e) {
                // not there yet
            } catch (IOException e) {
                broken = e.toString();
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }
}
