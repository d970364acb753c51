package io.purser.local.bench;

import io.purser.local.bench.Contestants.Contestant;
import io.purser.local.machine.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the webhook under load, and the peer's beside it where it is installed. */
@Command(
        name = "bench",
        description =
                "Measures the webhook under a load of reviews over HTTPS, on the processors that it shares with the load; where"
                        + " vault-k8s is on the PATH, that too, in turn.",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {

    private static final int STARTS = 5;

    @Option(
            names = "--connections",
            paramLabel = "NUMBER",
            split = ",",
            defaultValue = "16",
            description = "at once; several are measured one after the other (default: ${DEFAULT-VALUE})")
    private List<Integer> connections = List.of();

    @Option(
            names = "--streams",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description =
                    "at once on each connection, over HTTP/2 as an API server does; 0 is HTTP/1.1 (default: ${DEFAULT-VALUE})")
    private int streams;

    @Option(
            names = "--containers",
            paramLabel = "NUMBER",
            split = ",",
            description = "of each pod; several are measured one after the other (default: a mixture of 1 to 5)")
    private List<Integer> containers = List.of();

    @Option(
            names = "--strangers",
            description =
                    "annotates each pod otherwise than every other, so that nothing planned for one serves another")
    private boolean strangers;

    @Option(
            names = "--requests",
            paramLabel = "NUMBER",
            defaultValue = "20000",
            description = "of each run (default: ${DEFAULT-VALUE})")
    private int requests;

    @Option(
            names = "--runs",
            paramLabel = "NUMBER",
            defaultValue = "3",
            description = "of each server (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--plot", paramLabel = "FILE", description = "gets the medians as an SVG picture")
    private @Nullable Path plot;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf(
                "%s %s, %d processors, Java %s%n",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        Path folder = Files.createTempDirectory("purser-bench");
        boolean done = false;
        try {
            ScalePlot picture = measure(folder);
            if (plot != null) {
                Files.writeString(plot, picture.svg());
            }
            done = true;
            return 0;
        } finally {
            if (done) {
                Folders.remove(folder);
            } else {
                spec.commandLine()
                        .getErr()
                        .println("purser bench: the servers' certificate and output are in " + folder);
            }
        }
    }

    private ScalePlot measure(Path folder) throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        boolean byContainers = containers.size() > 1;
        ScalePlot picture = new ScalePlot(byContainers ? "containers of a pod" : "connections");
        try (Contestants contestants = new Contestants(folder);
                HttpsLoad load = new HttpsLoad(contestants.authority(), streams)) {
            if (contestants.absence() != null) {
                out.println("vault-k8s is not measured: " + contestants.absence());
            }
            ReviewCorpus corpus = new ReviewCorpus(strangers);
            for (int size : containers.isEmpty() ? List.of(0) : containers) {
                List<byte[]> reviews = size == 0 ? corpus.usual() : corpus.ofContainers(size);
                for (int parallel : connections) {
                    out.println(heading(size, reviews, parallel));
                    series(contestants, load, reviews, parallel)
                            .forEach((name, median) -> picture.add(name, byContainers ? size : parallel, median));
                }
            }
            AtRest.weigh(contestants.all()).forEach((name, rss) -> out.printf("%-9s at rest: %s%n", name, rss));
            out.flush();
            starts(folder);
        }
        return picture;
    }

    /** Starts the servers anew, now that the load itself is warm, and sends each its first review. */
    private void starts(Path folder) throws IOException {
        List<byte[]> review =
                new ReviewCorpus(false).usual().subList(0, 1); // made before, or the servers had the time that it takes
        Map<String, List<Start>> starts = new LinkedHashMap<>();
        for (int i = 0; i < STARTS; i++) {
            try (Contestants fresh = new Contestants(folder);
                    HttpsLoad load = new HttpsLoad(fresh.authority(), Math.min(streams, 1))) {
                for (Contestant contestant : fresh.all()) {
                    LoadFigures first = load.run(contestant.port(), review, 1, 1);
                    double ready = contestant.process().startTime().toNanos() / 1e6;
                    starts.computeIfAbsent(contestant.name(), name -> new ArrayList<>())
                            .add(new Start(ready, first.longest()));
                }
            }
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        starts.forEach((name, each) -> out.printf(
                "%-9s medians of %d starts: ready after %.0f ms, the first review answered in %.1f ms%n",
                name,
                STARTS,
                Measured.median(each.stream().mapToDouble(Start::ready)),
                Measured.median(each.stream().mapToDouble(Start::first))));
        out.flush();
    }

    /** Milliseconds from exec to ready, and from the first review to its answer. */
    private record Start(double ready, double first) {}

    /** All runs of one load, in turn; returns the medians of each server's warm runs. */
    private Map<String, Measured> series(Contestants contestants, HttpsLoad load, List<byte[]> reviews, int parallel)
            throws IOException {
        Map<String, List<Measured>> all = new LinkedHashMap<>();
        for (int i = 0; i < runs; i++) {
            for (Contestant contestant : contestants.all()) {
                Measured measured = measure(contestant, load, reviews, parallel);
                print(contestant.name(), measured);
                all.computeIfAbsent(contestant.name(), name -> new ArrayList<>())
                        .add(measured);
            }
        }
        Map<String, Measured> medians = new LinkedHashMap<>();
        all.forEach((name, measured) -> medians.put(name, Measured.median(measured)));
        summarize(medians);
        return medians;
    }

    private void summarize(Map<String, Measured> medians) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (runs > 1) {
            out.println("medians of the runs from the " + (Measured.firstWarm(runs) + 1) + ". on");
            medians.forEach(this::print);
        }
        List<Measured> each = List.copyOf(medians.values());
        if (each.size() == 2) {
            out.println("ratio     " + each.get(0).against(each.get(1)));
        }
        out.flush();
    }

    private void print(String name, Measured measured) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf("%-9s %s%n", name, measured);
        out.flush();
    }

    private String heading(int containers, List<byte[]> reviews, int connections) {
        IntSummaryStatistics bytes =
                reviews.stream().mapToInt(review -> review.length).summaryStatistics();
        return String.format(
                Locale.ROOT,
                "%d reviews of %.1f to %.1f KB (%spods of %s) over %d connections%s",
                requests,
                bytes.getMin() / 1e3,
                bytes.getMax() / 1e3,
                strangers ? "each otherwise annotated, " : "",
                containers == 0 ? "1 to 5 containers" : containers + (containers == 1 ? " container" : " containers"),
                connections,
                streams == 0 ? "" : " of HTTP/2, " + streams + " at once on each");
    }

    private Measured measure(Contestant contestant, HttpsLoad load, List<byte[]> reviews, int parallel)
            throws IOException {
        MeasuredProcess process = contestant.process();
        long before = process.cpu().toNanos();
        LoadFigures figures = load.run(contestant.port(), reviews, parallel, requests);
        long micros = (process.cpu().toNanos() - before) / 1000 / requests;
        return new Measured(
                figures, micros, process.rssMiB(), process.startTime().toMillis());
    }
}
