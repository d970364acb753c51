package io.purser.webhook.plan;

import io.purser.agent.config.FileConfig;
import io.purser.agent.config.Notification;
import io.purser.webhook.pod.Container;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Setting;
import java.util.ArrayList;
import java.util.List;

/** Reads what is done after a file has changed. */
final class NotifyAnnotations {

    private NotifyAnnotations() {}

    /** The notifications of that NAME's file, one a line. */
    static List<String> read(PodRequest request, String name) {
        Setting setting = request.annotations().get(Annotation.NOTIFY, name);
        List<String> notifications = new ArrayList<>();
        if (setting == null) {
            return notifications;
        }
        for (String line : setting.value().split("\n", -1)) {
            String text = line.trim();
            if (text.isEmpty()) {
                continue;
            }
            try {
                Notification.parse(text);
                notifications.add(text);
            } catch (IllegalArgumentException e) {
                request.violation(
                        setting,
                        PodRequest.quoted(text) + " is no notification",
                        e.getMessage() == null ? "give signal:HUP:PROCESS" : e.getMessage());
            }
        }
        return notifications;
    }

    /**
     * A signal reaches a process only when the pod's containers share their processes, and the agent, which has no
     * capabilities, runs as the process's user.
     */
    static void check(PodRequest request, FileSet files, AgentIdentity identity, boolean sharesProcesses) {
        for (FileConfig file : files.files()) {
            Setting setting = request.annotations().get(Annotation.NOTIFY, file.name());
            if (setting != null && file.notifications().stream().anyMatch(NotifyAnnotations::isSignal)) {
                checkSignal(request, setting, identity, sharesProcesses);
            }
        }
    }

    private static boolean isSignal(String text) {
        Notification notification = Notification.parse(text);
        return notification instanceof Notification.SignalProcess || notification instanceof Notification.SignalPidFile;
    }

    private static void checkSignal(
            PodRequest request, Setting setting, AgentIdentity identity, boolean sharesProcesses) {
        if (!sharesProcesses) {
            request.violation(
                    setting,
                    "a signal needs containers that share their processes",
                    "set shareProcessNamespace: true in the pod, or give purser.io/share-process-namespace");
        }
        Long user = identity.user();
        List<Long> users = request.pod().containers().stream()
                .map((Container container) -> FileModes.userOf(request, container))
                .filter(java.util.Objects::nonNull)
                .toList();
        boolean allKnown = users.size() == request.pod().containers().size();
        if (user != null && user != 0 && allKnown && !users.contains(user)) {
            request.violation(
                    setting,
                    "a signal needs the agent to run as the process's user, and the agent runs as " + user
                            + " while the containers run as " + users,
                    "give purser.io/run-as-user or purser.io/run-as-same-user");
        } else if (user != null && user != 0 && !users.contains(user)) {
            request.warning("annotation " + setting.annotation() + ": the agent runs as user " + user
                    + ", and no container is known to; a signal reaches only processes of the same user");
        }
    }
}
