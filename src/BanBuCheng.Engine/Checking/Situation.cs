using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

/// <summary>A live execution, as far as it decides what can happen: no data, no names, no instants.</summary>
internal sealed class Being(Node node, Being? owner)
{
    /// <summary>Working days that are left to a wait nobody bounded.</summary>
    public const int Unbounded = -1;

    public Node Node { get; } = node;
    public Being? Owner { get; } = owner;

    /// <summary>In the order in which they began: cancelling follows it.</summary>
    public List<Being> Children { get; } = [];
    public int Queued { get; set; }
    public bool IsGone { get; set; }
    public bool EnteredBackward { get; set; }
    public bool IsBreaking { get; set; }
    public bool Waits { get; set; }
    public int DaysLeft { get; set; } = Unbounded;

    /// <summary>A container's own small number.</summary>
    public int Index { get; set; }
    public int Entry { get; set; } = -1;
    public Arrival[]? Arrivals { get; set; }
}

internal readonly record struct Queued(Node Node, Being? Owner, bool Backward);

/// <summary>How a state is the last of its run, if it is.</summary>
public enum Ending : byte
{
    None,

    /// <summary>The instance is finished.</summary>
    Finished,

    /// <summary>An incident: nothing further is looked at.</summary>
    Stopped,

    /// <summary>Copies without bound.</summary>
    Outgrown,
}

/// <summary>One state of one run: what lives, what is queued, the counters, the ghost. Written as a canonical key and read back from it.</summary>
internal sealed partial class Situation
{
    public Being? Root { get; set; }
    public List<Queued> Queue { get; } = [];
    public long Ghost { get; set; }
    public Ending Ending { get; set; }

    /// <summary>The trigger that began the run, until it has run: it is done at once that one time.</summary>
    public Node? Trigger { get; set; }

    /// <summary>Runs of the activities that behave otherwise after some, by the plan's places for them.</summary>
    public byte[] Rounds { get; set; } = [];

    public IEnumerable<Being> All() => Root is null ? [] : From(Root);

    private static IEnumerable<Being> From(Being at)
    {
        yield return at;
        foreach (var child in at.Children)
            foreach (var below in From(child)) yield return below;
    }

    public byte[] Write()
    {
        var bytes = new Bytes();
        bytes.Add((byte)Ending);
        bytes.Long(Ghost);
        if (Ending != Ending.None) return bytes.ToArray();
        foreach (var round in Rounds) bytes.Add(round);
        bytes.Number(Trigger is null ? 0 : Trigger.Position + 1);
        var numbers = new Dictionary<Being, int>();
        bytes.Add(Root is null ? (byte)0 : (byte)1);
        if (Root is not null) Write(Root, bytes, numbers);
        bytes.Number(Queue.Count);
        foreach (var item in Queue)
        {
            bytes.Number(item.Node.Position);
            bytes.Number(item.Owner is null ? 0 : numbers[item.Owner] + 1);
            bytes.Add(item.Backward ? (byte)1 : (byte)0);
        }
        return bytes.ToArray();
    }

    private static void Write(Being being, Bytes bytes, Dictionary<Being, int> numbers)
    {
        numbers.Add(being, numbers.Count);
        bytes.Number(being.Node.Position);
        bytes.Add((byte)((being.EnteredBackward ? 1 : 0) | (being.IsBreaking ? 2 : 0) | (being.Waits ? 4 : 0) | (being.Entry >= 0 ? 8 : 0) | (being.Arrivals is not null ? 16 : 0)));
        bytes.Number(being.Index);
        if (being.Waits) bytes.Number(being.DaysLeft + 1);
        if (being.Entry >= 0) bytes.Number(being.Entry);
        if (being.Arrivals is { } arrivals)
        {
            var kept = 0;
            foreach (var arrival in arrivals)
                if (arrival != default) kept++;
            bytes.Number(kept);
            for (var c = 0; c < arrivals.Length; c++)
            {
                if (arrivals[c] == default) continue;
                bytes.Number(c);
                bytes.Number((arrivals[c].D + 64) * 2 + (arrivals[c].Followed ? 1 : 0));
            }
        }
        bytes.Number(being.Children.Count);
        foreach (var child in being.Children) Write(child, bytes, numbers);
    }

    public static Situation Read(byte[] key, Node[] nodes, int rounds)
    {
        var reader = new Reader(key);
        var situation = new Situation { Ending = (Ending)reader.Byte(), Ghost = reader.Long() };
        if (situation.Ending != Ending.None) return situation;
        situation.Rounds = reader.Take(rounds);
        if (reader.Number() is > 0 and var trigger) situation.Trigger = nodes[trigger - 1];
        var beings = new List<Being>();
        if (reader.Byte() == 1) situation.Root = Read(reader, nodes, null, beings);
        for (var n = reader.Number(); n > 0; n--)
        {
            var node = nodes[reader.Number()];
            var owner = reader.Number();
            var item = new Queued(node, owner == 0 ? null : beings[owner - 1], reader.Byte() == 1);
            situation.Queue.Add(item);
            if (item.Owner is not null) item.Owner.Queued++;
        }
        return situation;
    }

    private static Being Read(Reader reader, Node[] nodes, Being? owner, List<Being> beings)
    {
        var being = new Being(nodes[reader.Number()], owner);
        beings.Add(being);
        var flags = reader.Byte();
        being.EnteredBackward = (flags & 1) != 0;
        being.IsBreaking = (flags & 2) != 0;
        being.Waits = (flags & 4) != 0;
        being.Index = reader.Number();
        if (being.Waits) being.DaysLeft = reader.Number() - 1;
        if ((flags & 8) != 0) being.Entry = reader.Number();
        if ((flags & 16) != 0)
        {
            being.Arrivals = new Arrival[being.Node.Flowchart!.Connections.Length];
            for (var n = reader.Number(); n > 0; n--)
            {
                var connection = reader.Number();
                var packed = reader.Number();
                being.Arrivals[connection] = new(packed / 2 - 64, packed % 2 == 1);
            }
        }
        for (var n = reader.Number(); n > 0; n--) being.Children.Add(Read(reader, nodes, being, beings));
        return being;
    }

    private sealed class Bytes
    {
        private byte[] _bytes = new byte[128];
        private int _count;

        public void Add(byte value)
        {
            if (_count == _bytes.Length) Array.Resize(ref _bytes, _count * 2);
            _bytes[_count++] = value;
        }

        public void Number(int value)
        {
            for (var left = (uint)value; ; left >>= 7)
            {
                if (left < 0x80) { Add((byte)left); return; }
                Add((byte)(left | 0x80));
            }
        }

        public void Long(long value)
        {
            for (var i = 0; i < 8; i++) Add((byte)(value >> (8 * i)));
        }

        public byte[] ToArray() => _bytes[.._count];
    }

    private sealed class Reader(byte[] bytes)
    {
        private int _at;

        public byte Byte() => bytes[_at++];

        public byte[] Take(int count)
        {
            _at += count;
            return bytes[(_at - count).._at];
        }

        public int Number()
        {
            uint value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var next = bytes[_at++];
                value |= (uint)(next & 0x7F) << shift;
                if (next < 0x80) return (int)value;
            }
        }

        public long Long()
        {
            long value = 0;
            for (var i = 0; i < 8; i++) value |= (long)bytes[_at++] << (8 * i);
            return value;
        }
    }
}
