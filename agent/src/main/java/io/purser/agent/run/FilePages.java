package io.purser.agent.run;

/**
 * Gives back the pages of the Java runtime's own files that the process has mapped and not changed. A start touches nearly all of the
 * runtime's code and archive of classes, the rounds after it a third. The pages stay in the page cache, from where those that
 * are used again come back one by one; the distribution brings the library for it ({@code purser-pages.c}).
 */
final class FilePages {

    private static final boolean THERE = load();

    private FilePages() {}

    /**
     * Takes a few milliseconds.
     *
     * @return the kibibytes that were given back; 0 without the distribution
     */
    static long giveBack() {
        return THERE ? Math.max(0, drop()) : 0;
    }

    private static boolean load() {
        try {
            System.loadLibrary("purser-pages");
            return true;
        } catch (UnsatisfiedLinkError notTheDistribution) {
            return false;
        }
    }

    private static native long drop();
}
