namespace PublicService.Designer.Drawings;

/// <summary>
/// Ways of arrows around the boxes: each outcome leaves on a lane of its own under its word, goes straight where the way is free, and
/// through the room between two rows where it is not.
/// </summary>
internal sealed class ArrowPaths
{
    private const double Lane = 15;

    private const double Lead = 16;

    /// <summary>How near to a box an arrow may pass it.</summary>
    private const double Nearest = 14;

    private readonly IReadOnlyDictionary<string, Box> boxes;
    private readonly Dictionary<(int Edge, bool IsBelow), int> inRow = [];
    private readonly Dictionary<DrawnArrow, (int Index, int Count)> lanes = [];

    public ArrowPaths(Chart chart, IReadOnlyDictionary<string, Box> boxes)
    {
        this.boxes = boxes;
        foreach (var leaving in chart.Arrows.Where(IsDrawn).GroupBy(arrow => arrow.From))
        {
            var ordered = leaving.OrderBy(arrow => boxes[arrow.To].Middle).ThenBy(arrow => boxes[arrow.To].X).ToList();
            for (var i = 0; i < ordered.Count; i++)
            {
                lanes[ordered[i]] = (i, ordered.Count);
            }
        }
    }

    /// <summary>Corners of the way from box to box, and where the word of the outcome begins.</summary>
    public (IReadOnlyList<Corner> Corners, Corner Caption) Find(DrawnArrow arrow)
    {
        var (from, to) = (boxes[arrow.From], boxes[arrow.To]);
        var (index, count) = lanes[arrow];
        var lane = from.Middle + ((index - ((count - 1) / 2.0)) * Lane);
        var caption = new Corner(from.Right + Lead + 4, lane - 4);
        var turn = TurnOf(from, arrow.Caption, index);
        List<Corner> way = [new(from.Right, from.Middle), new(from.Right + (Lead / 2), from.Middle), new(from.Right + (Lead / 2), lane), new(turn, lane)];
        if (arrow.Corners.Count > 0)
        {
            way.AddRange(arrow.Corners);
        }
        else if (to.X < turn + Lead || !IsFree(turn, to.X, to.Middle, to))
        {
            if (to.X >= turn + Lead && IsFree(turn, to.X - Lead, lane, to))
            {
                way.Add(new(to.X - Lead, lane));
                way.Add(new(to.X - Lead, to.Middle));
            }
            else
            {
                var channel = ChannelOf(from, to, turn);
                way.AddRange([new(turn, channel), new(to.X - Lead, channel), new(to.X - Lead, to.Middle)]);
            }
        }
        else
        {
            way.Add(new(turn, to.Middle));
        }

        way.Add(new(to.X, to.Middle));
        return (way, caption);
    }

    public bool IsDrawn(DrawnArrow arrow) => boxes.ContainsKey(arrow.From) && boxes.ContainsKey(arrow.To);

    /// <summary>Where an arrow leaves its lane: after its word, before the next column.</summary>
    private double TurnOf(Box from, string? caption, int index)
    {
        var next = boxes.Values.Where(box => box.X > from.Right).Select(box => box.X).DefaultIfEmpty(from.Right + 220).Min();
        var wanted = from.Right + Lead + 10 + (FlowText.Shortened(caption).Length * FlowText.CaptionLetter) + (index * 6);
        return Math.Max(from.Right + Lead, Math.Min(wanted, next - Lead - 4 - (index * 4)));
    }

    private bool IsFree(double left, double right, double y, Box? target) =>
        boxes.Values.All(box => box == target || box.Right <= left || box.X >= right || box.Y - 4 > y || box.Bottom + 4 < y);

    /// <summary>A room between two rows where the way is free, the one beside the target first; each arrow of a room on a line of its own.</summary>
    private double ChannelOf(Box from, Box to, double turn)
    {
        var isBelow = from.Middle > to.Middle;
        (double Edge, int Side)[] rooms = isBelow
            ? [(to.Bottom, 1), (from.Y, -1), (from.Bottom, 1), (to.Y, -1)]
            : [(to.Y, -1), (from.Bottom, 1), (to.Bottom, 1), (from.Y, -1)];
        var (edge, side) = Array.Find(rooms, room => IsFree(to.X - Lead, turn, room.Edge + (room.Side * Nearest), null)) is { Side: not 0 } free ? free : rooms[0];
        var key = ((int)Math.Round(edge), side > 0);
        var number = inRow[key] = inRow.GetValueOrDefault(key, -1) + 1;
        return edge + (side * (Nearest + (number % 6 * 6)));
    }
}

/// <summary>A box as it is drawn.</summary>
internal sealed record Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double Middle => Y + (Height / 2);
}
