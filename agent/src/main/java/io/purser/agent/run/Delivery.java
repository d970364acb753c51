package io.purser.agent.run;

import io.purser.agent.template.source.SecretRequest;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Renders what has changed and puts it on the volume; a file that cannot be made stays as it is. */
final class Delivery {

    private final Renderer renderer;
    private final Placement placement;
    private final PodPaths paths;
    private final EventLog log;
    private final AgentMetrics metrics;
    private final InstantSource clock;

    /**
     * What a pass over the files gave.
     *
     * @param missing requests that the store has to answer first
     * @param changed files that had another content before
     * @param fatal a fault in the input that leaves a file without any content, or null
     */
    record Pass(Set<SecretRequest> missing, Set<FileTarget> changed, List<Fault> fatal) {}

    /**
     * A file that has no content and will not get any by waiting.
     *
     * @param inputAtFault whether the user's input is at fault, not the surroundings
     */
    record Fault(String sentence, boolean inputAtFault) {}

    Delivery(Renderer renderer, Placement placement, PodPaths paths, Reporting reporting) {
        this.renderer = renderer;
        this.placement = placement;
        this.paths = paths;
        this.log = reporting.log();
        this.metrics = reporting.metrics();
        this.clock = reporting.clock();
    }

    /** Renders every file that something has changed for. */
    Pass pass(TargetSet targets) {
        Pass pass = new Pass(new LinkedHashSet<>(), new LinkedHashSet<>(), new ArrayList<>());
        Instant now = clock.instant();
        for (FileTarget target : targets.all()) {
            if (target.dirty() || !target.retryAt().isAfter(now)) {
                render(target, pass);
            }
        }
        placement.finish(targets, pass);
        return pass;
    }

    private void render(FileTarget target, Pass pass) {
        placement.forget(target);
        Rendering rendering = renderer.render(target);
        if (rendering instanceof Rendering.Complete complete) {
            target.uses(complete.used());
            placement.place(target, complete, pass);
        } else if (rendering instanceof Rendering.Missing missing) {
            uses(target, missing);
            target.stuck("waiting for " + missing.request());
            pass.missing().add(missing.request());
        } else if (rendering instanceof Rendering.Absent absent) {
            uses(target, absent);
            absent(target, absent.file());
        } else if (rendering instanceof Rendering.Broken broken) {
            uses(target, broken);
            broken(target, broken.sentence(), pass);
        }
    }

    /** What could not be rendered to its end may use more than it came to. */
    private static void uses(FileTarget target, Rendering rendering) {
        Set<SecretRequest> uses = new LinkedHashSet<>(target.uses());
        uses.addAll(rendering.used());
        target.uses(uses);
    }

    private void absent(FileTarget target, String file) {
        if (target.stuck("waiting for " + file)) {
            log.warn("waiting", "file", target.destination(), "kept", kept(target), "for", file);
        }
        if (hasContent(target)) {
            target.keeps();
        }
    }

    private boolean hasContent(FileTarget target) {
        return Files.isRegularFile(paths.of(target.destination()));
    }

    private String kept(FileTarget target) {
        return hasContent(target) ? "the last good file" : "nothing";
    }

    private void broken(FileTarget target, String sentence, Pass pass) {
        if (target.stuck(sentence)) {
            metrics.count("purser_failures_total", "operation", "render", "kind", "template");
            log.error("render failed", "file", target.destination(), "kept", kept(target), "reason", sentence);
        }
        if (hasContent(target)) {
            target.keeps();
        } else {
            pass.fatal().add(new Fault("the file " + target.destination() + " cannot be made: " + sentence, true));
        }
    }
}
